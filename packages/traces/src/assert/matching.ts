/**
 * The largest pairing of items with slots, each of which has room for some items (Kuhn's augmenting paths). What a slot holds may
 * change, but not become less, so earlier slots go before later ones. Result: slot index by item index.
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
