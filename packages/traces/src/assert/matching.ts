/**
 * The largest pairing of slots with items in which each is used once (Kuhn's augmenting paths).
 * A slot that was paired stays paired, so earlier slots go before later ones. Result: item index by slot index.
 */
export function pair(
  slots: number,
  items: number,
  fits: (slot: number, item: number) => boolean,
): Map<number, number> {
  const slotOfItem = new Map<number, number>();
  const place = (slot: number, tried: Set<number>): boolean => {
    for (let item = 0; item < items; item++) {
      if (tried.has(item) || !fits(slot, item)) continue;
      tried.add(item);
      const holder = slotOfItem.get(item);
      if (holder === undefined || place(holder, tried)) {
        slotOfItem.set(item, slot);
        return true;
      }
    }
    return false;
  };
  for (let slot = 0; slot < slots; slot++) place(slot, new Set());
  return new Map([...slotOfItem].map(([item, slot]) => [slot, item]));
}
