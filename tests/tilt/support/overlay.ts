import { parseAllDocuments } from 'yaml';
import { run } from '../../support/run.ts';

export interface Container {
  name: string;
  image: string;
  env?: Array<{ name: string; value?: string }>;
  ports?: Array<{ name?: string; containerPort: number }>;
  securityContext?: { readOnlyRootFilesystem?: boolean };
}

export interface Rendered {
  kind: string;
  metadata: { name: string; namespace?: string };
  spec?: {
    ports?: Array<{ port: number }>;
    template?: { spec: { containers: Container[] } };
  };
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'Job'];

/** The objects that kubectl renders from a kustomization. */
export class Overlay {
  readonly objects: Rendered[];

  private constructor(objects: Rendered[]) {
    this.objects = objects;
  }

  static async render(folder: string): Promise<Overlay> {
    const documents = parseAllDocuments(await run('kubectl', ['kustomize', folder]));
    return new Overlay(documents.map((document) => document.toJS() as Rendered));
  }

  get workloads(): Rendered[] {
    return this.objects.filter(({ kind }) => WORKLOADS.includes(kind));
  }

  find(kind: string, name: string): Rendered | undefined {
    return this.objects.find(
      (object) => object.kind.toLowerCase() === kind.toLowerCase() && object.metadata.name === name,
    );
  }

  containersOf(name: string): Container[] {
    return (
      this.workloads.find(({ metadata }) => metadata.name === name)?.spec?.template?.spec.containers ?? []
    );
  }

  get containers(): Container[] {
    return this.workloads.flatMap(({ metadata }) => this.containersOf(metadata.name));
  }
}
