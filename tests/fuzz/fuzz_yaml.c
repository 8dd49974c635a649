/* Any bytes as YAML: a tree or a fault; and the tree can be walked. */
#include "ontology/yaml.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_node(const KithYamlNode *node, GPtrArray *todo) {
  g_assert(node->line > 0 && node->column > 0);
  if (node->kind == KITH_YAML_TEXT)
    g_assert(g_utf8_validate(node->text, -1, NULL));
  size_t n = 0;
  for (const KithYamlNode *child = node->first; child; child = child->next, n++)
    g_ptr_array_add(todo, (void *)child);
  g_assert(n == node->n);
  if (node->kind == KITH_YAML_MAP && node->first)
    g_assert(kith_yaml_get(node, node->first->key->text) == node->first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  KithYaml *yaml = NULL;
  KithError err = {0};
  KithStatus status = kith_yaml_parse((KithStr){(const char *)data, size}, "f", NULL, &yaml, &err);
  g_assert((status == KITH_OK) == (yaml != NULL));
  g_assert((status == KITH_OK) == (*err.message == '\0'));
  if (!yaml || !kith_yaml_root(yaml)) {
    kith_yaml_free(yaml);
    return 0;
  }
  g_autoptr(GPtrArray) todo = g_ptr_array_new();
  g_ptr_array_add(todo, (void *)kith_yaml_root(yaml));
  while (todo->len)
    check_node(g_ptr_array_remove_index_fast(todo, todo->len - 1), todo);
  kith_yaml_free(yaml);
  return 0;
}
