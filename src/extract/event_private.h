/* What the parts of event reading share: an event in the making, the document it is read from. For event*.c only. */
#ifndef KITH_EXTRACT_EVENT_PRIVATE_H
#define KITH_EXTRACT_EVENT_PRIVATE_H

#include "extract/event.h"
#include "extract/phrase.h"

#define KITH_EVENT_ROLES "event_roles"
#define KITH_EVENT_BOUGHT "bought_kinds" /* kinds that have a buyer */
#define KITH_EVENT_UNITS 8

/* Who has a value. */
enum { KITH_EVENT_MONEY = 1, KITH_EVENT_ATTRIBUTE = 2, KITH_EVENT_LAID_OUT = 4 /* a table gives it to an event */ };

typedef struct {
  size_t recipient;              /* entity, or KITH_NONE */
  size_t unit;                   /* where it is told best: the first unit that is no heading, else the first */
  size_t told[KITH_EVENT_UNITS]; /* all units that tell it, in text order */
  size_t n_told;
  size_t amount, valuation; /* values, or KITH_NONE */
  const char *kind;
  const char *round; /* phrase of the set "rounds"; NULL: none is told */
  bool is_laid_out;  /* by the row of a table, which says all that is to be said */
  const char *status;
  float probability;
  size_t buyer; /* of an acquisition; KITH_NONE: none */
} KithEvent;

/* Who pays, by what stands beside the event and not by a decision of its own. */
typedef struct {
  size_t event, entity, unit;
  bool leads;
} KithEventBacker;

typedef struct {
  KithDraft *draft;
  const KithContent *content;
  const KithVoices *voices;
  const KithPairs *pairs;
  const char *const *ids;
  const char *type, *recipient_edge, *investor_edge;
  size_t invests, acquires; /* relations */
  KithTypeSet recipients;   /* types that an event may happen to */
  KithTypeSet stand_ins;    /* types that may stand for such a one: a product for its maker */
  KithTypeSet payers;       /* types that may invest */
  GArray *events;           /* KithEvent */
  GArray *backers;          /* KithEventBacker */
  const GArray *told;       /* KithToldRelation */
  unsigned char *taken;     /* value → KITH_EVENT_ bits of those who have it */
} KithEventReader;

/* --- event_text.c: the words of units, and the cues in them --- */

char *kith_event_lower(const KithEventReader *reader, size_t first, size_t end);
char *kith_event_lower_span(const KithEventReader *reader, KithSpan span);
const char *kith_event_kind_in(const KithEventReader *reader, const char *lower);
const char *kith_event_default_kind(const KithEventReader *reader);
const KithCue *kith_event_kind_cue(const KithEventReader *reader, const char *kind);
const char *kith_event_phrase_in(const KithEventReader *reader, const char *cue, const char *lower); /* the longest of the set; or NULL */
bool kith_event_is_of(const KithEventReader *reader, const char *cue, const char *kind);

/* --- event.c --- */

KithEvent *kith_event_at(const KithEventReader *reader, size_t index);
KithEvent *kith_event_new(KithEventReader *reader, size_t recipient, size_t unit);
void kith_event_tell(const KithEventReader *reader, KithEvent *event, size_t unit);
void kith_event_drop(KithEventReader *reader, size_t index);
/* Units between `unit` and the nearest that tells the event; SIZE_MAX when none is in the same block or next to it. */
size_t kith_event_distance(const KithEventReader *reader, const KithEvent *event, size_t unit);
/* Whether it is told in the unit, or at most two sentences away in the same block. */
bool kith_event_is_told_near(const KithEventReader *reader, const KithEvent *event, size_t unit);
bool kith_event_is_told_in(const KithEvent *event, size_t unit);
/* Whether the unit sums up ("has raised $3B in total") and tells no single event. */
bool kith_event_is_total(const KithEventReader *reader, size_t unit);

/* --- event_backers.c: who pays --- */

bool kith_event_may_pay(const KithEventReader *reader, size_t entity);
void kith_event_add_backer(KithEventReader *reader, size_t event, size_t entity, size_t unit, bool leads);
/* Whether tokens [first, end) only join two of a list of names. */
bool kith_event_is_list(const KithEventReader *reader, size_t first, size_t end);
/* "X pledges $150M for grants": X gives and receives nothing. */
void kith_event_givers(KithEventReader *reader);
void kith_event_find_backers(KithEventReader *reader);

/* --- the rest --- */

/* event_money.c: what decisions give to events, and events that are told several times. */
void kith_event_add_money(KithEventReader *reader, const KithDecision *decision, bool is_valuation);
/* Sums that stand before the valuations of events that lack one. */
void kith_event_complete(KithEventReader *reader);
void kith_event_merge(KithEventReader *reader);
bool kith_event_same_sum(const KithEventReader *reader, const KithEvent *a, const KithEvent *b);

/* event_table.c: the events of tables of rounds, and the investors of tables of investors. */
void kith_event_tables(KithEventReader *reader);
void kith_event_table_investors(KithEventReader *reader);
/* Who a table or a labelled line is about: the thing of the page, of its heading; a product may stand for its maker. KITH_NONE: nobody. */
size_t kith_event_subject_over(const KithEventReader *reader, const KithUnit *unit);

/* event_purchase.c: acquisitions, options: what the relation says, with its price. */
void kith_event_purchases(KithEventReader *reader);
/* Who buys, by a frame alone, where an event is told to be a purchase and no decision names the buyer. */
void kith_event_buyers(KithEventReader *reader);

/* event_bare.c: events without money ("went public"), money without a recipient ("startups raised $16B"). */
void kith_event_bare(KithEventReader *reader);
void kith_event_aggregates(KithEventReader *reader);
/* Shares without money: "holds 21%" of an investor. */
void kith_event_stakes(KithEventReader *reader);

/* event_write.c: the nodes and edges of all events. */
void kith_event_write(KithEventReader *reader);

#endif
