# Program, library, headers, data, and how others find them (pkg-config, CMake).

include(CMakePackageConfigHelpers)

set(kith_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/kith)

if(TARGET kith)
  install(TARGETS kith RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(TARGETS kith_shared EXPORT kithTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS kith_static EXPORT kithStaticTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/kith DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
foreach(folder ontology models web)
  if(IS_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/${folder})
    install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/kith PATTERN "fold-*" EXCLUDE PATTERN "given-names.yaml" EXCLUDE)
  endif()
endforeach()
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# kith.pc says where it lies itself, so a prefix can be moved.
file(RELATIVE_PATH kith_pc_prefix /p/${CMAKE_INSTALL_LIBDIR}/pkgconfig /p)
string(REGEX REPLACE "/$" "" kith_pc_prefix ${kith_pc_prefix})
list(JOIN kith_requires ", " kith_pc_requires)
configure_file(cmake/kith.pc.in kith.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/kith.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

list(TRANSFORM kith_requires REPLACE "(.+)" "\"\\1\"" OUTPUT_VARIABLE kith_static_requires)
list(JOIN kith_static_requires " " kith_static_requires)
configure_package_config_file(cmake/kithConfig.cmake.in kithConfig.cmake INSTALL_DESTINATION ${kith_cmake_dir})
write_basic_package_version_file(kithConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/kithConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/kithConfigVersion.cmake
        DESTINATION ${kith_cmake_dir})
install(EXPORT kithTargets NAMESPACE kith:: DESTINATION ${kith_cmake_dir})
install(EXPORT kithStaticTargets NAMESPACE kith:: DESTINATION ${kith_cmake_dir})
