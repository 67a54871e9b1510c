import { CustomObjectsApi, KubeConfig } from '@kubernetes/client-node';

const TYPE = { group: 'tilt.dev', version: 'v1alpha1' };

/** A client for Tilt's API, which follows the conventions of Kubernetes: https://api.tilt.dev */
export class TiltApi {
  readonly #configFile: string;
  readonly #port: number;
  #client: CustomObjectsApi | undefined;

  /** @param configFile the file in TILT_CONFIG, to which Tilt writes the address of its API */
  constructor(configFile: string, port: number) {
    this.#configFile = configFile;
    this.#port = port;
  }

  /** Returns an object by plural kind and name. Undefined if it doesn't exist, or Tilt isn't running yet. */
  async get<T>(plural: string, name: string): Promise<T | undefined> {
    try {
      return (await this.#connect().getClusterCustomObject({ ...TYPE, plural, name })) as T;
    } catch {
      return undefined;
    }
  }

  /** Replaces the status of an object, which the command line can't do. */
  async putStatus(plural: string, name: string, body: object): Promise<void> {
    await this.#connect().replaceClusterCustomObjectStatus({ ...TYPE, plural, name, body });
  }

  /** Throws until Tilt has written its file. */
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

/** Formats a date as Kubernetes' MicroTime, with six digits: https://pkg.go.dev/k8s.io/apimachinery/pkg/apis/meta/v1#MicroTime */
export const toMicroTime = (date: Date): string => date.toISOString().replace('Z', '000Z');
