/**
 * Sends a request to this page's server, and returns the JSON of the response. Rejects with a message for the page: the detail of
 * a refusal, or that the server doesn't answer. A request that `signal` aborts also rejects.
 */
export async function ask<T>(
  path: string,
  method = 'GET',
  body?: unknown,
  signal: AbortSignal | null = null,
): Promise<T> {
  const response = await fetch(path, {
    method,
    signal,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  }).catch(() => {
    // The browser's message, "Failed to fetch", doesn't say which server failed.
    throw new Error('The playground’s server does not answer. Is it running?');
  });
  const answer = await jsonOf(response);
  if (response.ok) return answer as T;
  throw new Error(detailOf(answer) ?? `The playground answered ${response.status}.`);
}

/** Returns undefined if the body is empty, or if an error response is not JSON, such as the error page of a proxy. */
async function jsonOf(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    if (!response.ok) return undefined;
    throw new Error(
      'The playground’s server did not answer with complete JSON. Is there a proxy or a log-in before it?',
    );
  }
}

/** Returns the message of problem details: the error of each field if there are any, else the detail. */
function detailOf(answer: unknown): string | undefined {
  const { detail, errors } = (answer ?? {}) as {
    detail?: string;
    errors?: Array<{ path: string; message: string }>;
  };
  const fields = errors?.map(({ path, message }) => (path ? `${path}: ${message}` : message)) ?? [];
  return fields.length > 0 ? fields.join('; ') : detail;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
