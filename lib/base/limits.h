/*
 * Every ceiling in one place, so that the whole appetite can be seen at once.
 */
#ifndef GP_BASE_LIMITS_H
#define GP_BASE_LIMITS_H

#define GP_KIB 1024ul
#define GP_MIB (1024ul * GP_KIB)

/* Records. */
#define GP_MAX_LINE    (16 * GP_MIB)  /* one record, without its newline */
#define GP_MAX_DEPTH   64             /* nested arrays and objects */
#define GP_MAX_MEMBERS 4096           /* members of one object */
#define GP_PAD         64             /* readable bytes after any JSON text */
#define GP_BLOCK       (256 * GP_KIB) /* what is read at once */
#define GP_MAX_JOBS    64             /* threads of one command */

/* Files. */
#define GP_MAX_YAML       (32 * GP_MIB) /* a config, taxonomy or scenario */
#define GP_MAX_YAML_DEPTH 32
#define GP_MAX_YAML_NODES 2000000
#define GP_MAX_SECRET     4096 /* a token file */
#define GP_MAX_STATE      (64 * GP_MIB)

/* The store. */
#define GP_MAX_BATCH  10000          /* records in a transaction */
#define GP_MAX_FLIGHT (32 * GP_MIB)  /* and their bytes */
#define GP_MAX_FOUND  (256 * GP_KIB) /* words of a record that are found */

/* Networks. */
#define GP_MAX_REPLY      (8 * GP_MIB) /* body of one reply, unpacked */
#define GP_MAX_HEADER     (64 * GP_KIB)
#define GP_MAX_URL        8192
#define GP_MAX_REDIRECTS  5
#define GP_MAX_HTML_DEPTH 256
#define GP_MAX_GAPS       50    /* listed in one account */
#define GP_MAX_STREAMS    64000 /* streams of pages in one run */
#define GP_MAX_KNOWN      20000 /* ids of comments that a cursor remembers */
#define GP_MAX_PARALLEL   64    /* streams read at once, unless asked for */

/* Seconds. */
#define GP_CONNECT_SECS 20
#define GP_TOTAL_SECS   90
#define GP_STALL_SECS   30 /* under 1 byte/s for so long: given up */

#endif
