type Child = Node | string | undefined | false;
type Props = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/**
 * Makes an element. A property that is a function listens (`click`), `true` sets an empty attribute, `false` and undefined
 * none. Children that are strings become text: nothing in this page is ever parsed as markup.
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

/** The one element that a selector names. Throws when the page and its script do not fit together. */
export function one<E extends Element>(
  selector: string,
  type: new () => E,
  within: ParentNode = document,
): E {
  const element = within.querySelector(selector);
  if (element instanceof type) return element;
  throw new Error(`The page has no ${type.name} ${selector}.`);
}
