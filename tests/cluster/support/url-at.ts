/** Replaces the host of a URL with another address of this machine. */
export const urlAt = (host: string, url: string): string => `http://${host}:${new URL(url).port}`;
