/* One command, one file. */
#ifndef KITH_CLI_COMMANDS_H
#define KITH_CLI_COMMANDS_H

#include "cli/command.h"

extern const KithCommand kith_command_build;
extern const KithCommand kith_command_communities;
extern const KithCommand kith_command_conflicts;
extern const KithCommand kith_command_coverage;
extern const KithCommand kith_command_diff;
extern const KithCommand kith_command_export;
extern const KithCommand kith_command_extract;
extern const KithCommand kith_command_help_on;
extern const KithCommand kith_command_merge;
extern const KithCommand kith_command_names;
extern const KithCommand kith_command_ontology;
extern const KithCommand kith_command_path;
extern const KithCommand kith_command_rank;
extern const KithCommand kith_command_rebuild;
extern const KithCommand kith_command_show;
extern const KithCommand kith_command_timeline;
extern const KithCommand kith_command_watch;
extern const KithCommand kith_command_why;

#endif
