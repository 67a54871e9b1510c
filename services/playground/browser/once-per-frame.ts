/** Returns a function that runs `action` at once, and then at most once a frame, however often it is called. */
export function oncePerFrame(action: () => void): () => void {
  let isDue = false;
  let isWaiting = false;
  const act = () => {
    isDue = false;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      if (isDue) act();
    });
    action();
  };
  return () => {
    isDue = true;
    if (!isWaiting) act();
  };
}
