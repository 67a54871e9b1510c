/** A button is not pressed twice while its request runs. The focus, which a disabled button loses, comes back to it. */
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
