import { CustomObjectsApi, KubeConfig } from '@kubernetes/client-node';

const TYPE = { group: 'tilt.dev', version: 'v1alpha1' };

/** What Tilt says of what it runs, as an API of the Kubernetes kind: https://api.tilt.dev */
export class TiltApi {
  readonly #configFile: string;
  readonly #port: number;
  #client: CustomObjectsApi | undefined;

  /** @param configFile what Tilt was given as TILT_CONFIG: it writes there how to reach it */
  constructor(configFile: string, port: number) {
    this.#configFile = configFile;
    this.#port = port;
  }

  /** An object, by plural kind and name; undefined where there is none, or no Tilt yet. */
  async get<T>(plural: string, name: string): Promise<T | undefined> {
    try {
      return (await this.#connect().getClusterCustomObject({ ...TYPE, plural, name })) as T;
    } catch {
      return undefined;
    }
  }

  /** The command line can't do this. */
  async putStatus(plural: string, name: string, body: object): Promise<void> {
    await this.#connect().replaceClusterCustomObjectStatus({ ...TYPE, plural, name, body });
  }

  /** Throws as long as Tilt has not written its file. */
  #connect(): CustomObjectsApi {
    if (this.#client) return this.#client;
    const config = new KubeConfig();
    config.loadFromFile(this.#configFile);
    config.setCurrentContext(`tilt-${this.#port}`);
    if (!config.getCurrentCluster()) throw new Error(`${this.#configFile} has no tilt-${this.#port} yet.`);
    this.#client = config.makeApiClient(CustomObjectsApi);
    return this.#client;
  }
}

/** Kubernetes' time with six digits: https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#MicroTime */
export const toMicroTime = (date: Date): string => date.toISOString().replace('Z', '000Z');
