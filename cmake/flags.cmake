# How every file is compiled. Nothing here reaches users of the installed library.

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Debug, Release, RelWithDebInfo or MinSizeRel" FORCE)
endif()

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla)
# The same results on x86-64 and arm64: one signedness of char, no fused multiply-add.
add_compile_options(-fsigned-char -ffp-contract=off)
add_compile_options(-fstack-protector-strong)

set(kith_instrument_flags) # programs that link an instrumented libkith need them too
if(KITH_SANITIZE)
  set(kith_instrument_flags -fsanitize=${KITH_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_compile_options(${kith_instrument_flags})
  add_link_options(${kith_instrument_flags})
endif()
if(KITH_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()
if(KITH_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
  list(APPEND kith_instrument_flags --coverage)
endif()
if(KITH_TIDY)
  find_program(KITH_CLANG_TIDY NAMES clang-tidy-14 clang-tidy REQUIRED)
  set(CMAKE_C_CLANG_TIDY ${KITH_CLANG_TIDY} --quiet --warnings-as-errors=*)
endif()

set(kith_definitions
    _GNU_SOURCE
    G_LOG_DOMAIN="kith"
    GLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_74 # Debian 12 is the floor
    GLIB_VERSION_MAX_ALLOWED=GLIB_VERSION_2_74
    KITH_VERSION="${PROJECT_VERSION}"
    KITH_INSTALL_DATA="${CMAKE_INSTALL_DATADIR}/kith" # from the install prefix: ../share/kith seen from the program's folder
    KITH_SOURCE_DATA="${CMAKE_CURRENT_SOURCE_DIR}")   # the folder of ontology/ and models/ when nothing is installed
