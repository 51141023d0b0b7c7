/**
 * Puts items at the end of a list. `list.push(...items)` ends with a stack that is too small where a file decides how
 * many there are: each item is an argument (120,000 in V8).
 */
export function append<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}
