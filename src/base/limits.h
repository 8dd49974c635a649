/* Every limit of kith, in one place. Outside bytes never make it use more than these. */
#ifndef KITH_BASE_LIMITS_H
#define KITH_BASE_LIMITS_H

#define KITH_LIMIT_FILE_BYTES ((size_t)64 << 20) /* one document, after decompression */
#define KITH_LIMIT_YAML_BYTES ((size_t)32 << 20) /* one YAML file */
#define KITH_LIMIT_MODEL_BYTES ((size_t)1 << 30) /* one file of weights */
#define KITH_LIMIT_YAML_DEPTH 64                 /* nesting of a YAML file */
#define KITH_LIMIT_FAULTS ((size_t)10000)        /* kept of one ontology, and as many warnings; more are only counted */
#define KITH_LIMIT_RELATIONS 64                  /* of one ontology: sets of relations are bit masks */
#define KITH_LIMIT_NAME_BYTES 200                /* one surface form */
#define KITH_LIMIT_SENTENCE_TOKENS 512           /* longer ones are cut into pieces */
#define KITH_LIMIT_NAME_TOKENS 12                /* of a discovered name */
#define KITH_LIMIT_SENTENCE_MENTIONS 40          /* pairs are formed among the first so many */
#define KITH_LIMIT_CONTRASTED ((size_t)2000)     /* values of one attribute of one thing are compared with one another */
#define KITH_LIMIT_QUOTE_BYTES 1200              /* evidence is cut there */
#define KITH_LIMIT_LIST_DEPTH 16                 /* deeper items of a list count as this deep */
#define KITH_LIMIT_REPAIRS 1000                  /* named of one document */
#define KITH_LIMIT_FIELD_KEY_BYTES 60            /* longer "keys" of front matter are text */
#define KITH_LIMIT_LINK_BYTES 2000               /* target of a link, one tag, one name in brackets */
#define KITH_LIMIT_JUDGEMENTS ((size_t)100000)   /* of one run, all files together */
#define KITH_LIMIT_JUDGED_NAMES 64               /* of one judgement */

#endif
