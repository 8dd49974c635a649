# Writes FOLDER/source_hash.c: a hash over the files of FOLDER/reading_sources.txt (part of every key of the claim cache, so that a
# changed program never takes what an older one has read) and one over FOLDER/all_sources.txt (part of the state of an output).
function(hash_of list out)
  file(STRINGS ${list} sources)
  set(hashes "")
  foreach(source IN LISTS sources)
    file(SHA256 ${source} hash)
    string(APPEND hashes "${hash}\n")
  endforeach()
  string(SHA256 all "${hashes}")
  set(${out} ${all} PARENT_SCOPE)
endfunction()

hash_of(${FOLDER}/reading_sources.txt reading)
hash_of(${FOLDER}/all_sources.txt all)
file(WRITE ${FOLDER}/source_hash.c "extern const char kith_reading_hash[], kith_program_hash[];
const char kith_reading_hash[] = \"${reading}\";
const char kith_program_hash[] = \"${all}\";
")
