/** What Tilt says of what it runs: https://api.tilt.dev. Asked as its page does, with the page's token. */
export class TiltApi {
  readonly #page: string;
  #cookie: string | undefined;

  constructor(port: number) {
    this.#page = `http://127.0.0.1:${port}`;
  }

  /** An object, by plural kind and name; undefined where there is none, or no Tilt yet. */
  async get<T>(kind: string, name: string): Promise<T | undefined> {
    try {
      const response = await fetch(this.#urlOf(kind, name), { headers: await this.#headers() });
      return response.ok ? ((await response.json()) as T) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The command line can't do this. */
  async putStatus(kind: string, name: string, object: object): Promise<void> {
    const response = await fetch(`${this.#urlOf(kind, name)}/status`, {
      method: 'PUT',
      headers: { ...(await this.#headers()), 'content-type': 'application/json' },
      body: JSON.stringify(object),
    });
    if (!response.ok)
      throw new Error(`Failed to put ${kind}/${name}: ${response.status} ${await response.text()}`);
  }

  #urlOf(kind: string, name: string): string {
    return `${this.#page}/proxy/apis/tilt.dev/v1alpha1/${kind}/${name}`;
  }

  async #headers(): Promise<{ cookie: string }> {
    this.#cookie ??= (await fetch(this.#page)).headers.getSetCookie()[0]?.split(';')[0];
    return { cookie: this.#cookie ?? '' };
  }
}

/** Kubernetes' time with six digits: https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#MicroTime */
export const toMicroTime = (date: Date): string => date.toISOString().replace('Z', '000Z');
