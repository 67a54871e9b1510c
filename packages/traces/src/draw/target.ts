import type { TreeNode } from '../tree/build-tree.ts';
import type { SpanShape } from '../tree/span.ts';

/** HTTP client spans are usually named after their method alone: https://opentelemetry.io/docs/specs/semconv/http/http-spans/#name */
const HTTP_METHOD = /^[A-Z]+$/;
const KUBERNETES_PATH = /^\/(?:api|apis\/[^/]+)\/v\d\w*\//;

/** Returns the destination of a request whose name is only a method: the service that responded, or otherwise the API or the host. */
export function targetOf<S extends SpanShape>({ span, children }: TreeNode<S>): string | undefined {
  if (span.kind !== 'CLIENT' || !HTTP_METHOD.test(span.name)) return undefined;
  const answered = children.find((child) => child.span.kind === 'SERVER');
  if (answered) return answered.span.service;
  const { 'url.full': url, 'server.address': host } = span.attributes;
  if (typeof url === 'string' && KUBERNETES_PATH.test(pathOf(url))) return 'Kubernetes';
  return typeof host === 'string' ? host : undefined;
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : '');
