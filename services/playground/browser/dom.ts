type Child = Node | string | undefined | false;
type Props = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/**
 * Creates an element. A function adds an event listener (`click`), `true` sets an empty attribute, and `false` and undefined set
 * none. Strings in `children` become text. This page never parses a string as markup.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(element, name, value);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

function set(element: Element, name: string, value: Props[string]): void {
  if (typeof value === 'function') element.addEventListener(name, value);
  else if (value !== undefined && value !== false)
    element.setAttribute(name, value === true ? '' : String(value));
}

/**
 * Returns the element that a selector matches. Throws if there is none, or one of another type, because page and script then
 * don't match.
 */
export function one<E extends Element>(
  selector: string,
  type: new () => E,
  within: ParentNode = document,
): E {
  const element = within.querySelector(selector);
  if (element instanceof type) return element;
  throw new Error(`The page has no ${type.name} ${selector}.`);
}
