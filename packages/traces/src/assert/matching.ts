/**
 * Returns the largest pairing of items with slots, by Kuhn's augmenting paths. `sizes` has the number of items that each slot can hold. A
 * slot may exchange its items but never loses one, so earlier slots take precedence. The result maps an item's index to a slot's index.
 */
export function pair(
  sizes: readonly number[],
  items: number,
  fits: (slot: number, item: number) => boolean,
): Map<number, number> {
  const slotOfItem = new Map<number, number>();
  const all = Array.from({ length: items }, (_unused, item) => item);
  const take = (slot: number, tried: Set<number>): boolean => {
    tried.add(slot);
    const item =
      all.find((each) => !slotOfItem.has(each) && fits(slot, each)) ??
      all.find((each) => {
        const holder = slotOfItem.get(each) ?? slot;
        return !tried.has(holder) && fits(slot, each) && take(holder, tried);
      });
    if (item !== undefined) slotOfItem.set(item, slot);
    return item !== undefined;
  };
  for (const [slot, size] of sizes.entries())
    for (let held = 0; held < size && take(slot, new Set()); held++);
  return slotOfItem;
}
