/** Reports whether `version` (`28.5.2+dfsg4`, `v2.40.3-desktop.1`) is older than `than` (`25.0.0`). */
export function isOlder(version: string, than: string): boolean {
  const [mine, other] = [numbers(version), numbers(than)];
  for (const [index, wanted] of other.entries()) {
    const have = mine[index] ?? 0;
    if (have !== wanted) return have < wanted;
  }
  return false;
}

function numbers(version: string): number[] {
  return (/\d+(\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number);
}
