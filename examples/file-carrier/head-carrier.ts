import type { Carrier } from '@beyond-headers/propagation';

const PRINTABLE = /^[\x20-\x7e]+$/;

/** Carries context in the head of a letter: a line `name: value` for each field. */
export const headCarrier: Carrier<string[]> = {
  isInternal: true,
  set(head, field, value) {
    this.clear(head, field);
    if (PRINTABLE.test(value)) head.push(`${field}: ${value}`);
  },
  get(head, field) {
    return linesOf(head)
      .find((line) => nameOf(line) === field)
      ?.slice(field.length + 2);
  },
  keys(head) {
    return linesOf(head).map(nameOf);
  },
  clear(head, field) {
    const others = head.filter((line) => nameOf(line) !== field);
    head.splice(0, head.length, ...others);
  },
};

const nameOf = (line: string) => line.split(': ', 1)[0] ?? '';

function linesOf(head: unknown): string[] {
  return Array.isArray(head) ? head.filter((line) => typeof line === 'string') : [];
}
