/* JSON lines of claims: read, written again, resolved to a graph. */
#include <kith/claim.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_lines(KithClaimsReader *reader, char *text) {
  KithError err;
  for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
    kith_claims_read_line(reader, line, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  memcpy(text, data, size);
  text[size] = '\0';
  KithClaimsReader *reader = kith_claims_reader_new();
  read_lines(reader, text);
  size_t n;
  KithClaims **claims = kith_claims_reader_finish(reader, &n);
  for (size_t i = 0; i < n; i++) {
    free(kith_claims_write_lines(claims[i]));
    kith_claims_free(claims[i]);
  }
  free(claims);
  kith_claims_reader_free(reader);
  free(text);
  return 0;
}
