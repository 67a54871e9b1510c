/** Asks this page's server. Rejects with what it said of a refusal, or that it does not answer; what `signal` ends, too. */
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
    // What the browser says, "Failed to fetch", says nothing of who did not answer.
    throw new Error('The playground’s server does not answer. Is it running?');
  });
  const answer = await jsonOf(response);
  if (response.ok) return answer as T;
  throw new Error(detailOf(answer) ?? `The playground answered ${response.status}.`);
}

/** Undefined where there is no body. A proxy's page of an error is none that says something here. */
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

/** Of problem details: what was wrong field by field where there is more than one sentence to say. */
function detailOf(answer: unknown): string | undefined {
  const { detail, errors } = (answer ?? {}) as {
    detail?: string;
    errors?: Array<{ path: string; message: string }>;
  };
  const fields = errors?.map(({ path, message }) => (path ? `${path}: ${message}` : message)) ?? [];
  return fields.length > 0 ? fields.join('; ') : detail;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
