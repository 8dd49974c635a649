/* cmocka wants these before it, in this order. */
#ifndef KITH_TESTS_CMOCKA_KITH_H
#define KITH_TESTS_CMOCKA_KITH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
