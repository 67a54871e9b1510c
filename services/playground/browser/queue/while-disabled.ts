/**
 * Disables a button while its request runs, so that it isn't pressed twice. A disabled button loses the focus, so the focus is
 * restored afterward.
 */
export async function whileDisabled(button: HTMLButtonElement, action: () => Promise<void>): Promise<void> {
  const hadFocus = document.activeElement === button;
  button.disabled = true;
  try {
    await action();
  } finally {
    button.disabled = false;
    const isFocusLost = document.activeElement === null || document.activeElement === document.body;
    if (hadFocus && isFocusLost) button.focus({ preventScroll: true });
  }
}
