/* g_autoptr for the answers of kith/query.h. */
#ifndef KITH_QUERY_QUERY_AUTO_H
#define KITH_QUERY_QUERY_AUTO_H

#include <kith/query.h>

#include <glib.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithCommunities, kith_communities_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithConflicts, kith_conflicts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithDifference, kith_difference_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithDiscoveredNames, kith_discovered_names_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithDuplicates, kith_duplicates_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithPaths, kith_paths_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithRanking, kith_ranking_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithShow, kith_show_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithTimeline, kith_timeline_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KithWhy, kith_why_free)

#endif
