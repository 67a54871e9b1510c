import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { parseJson } from '@beyond-headers/traces';
import type { Rejected } from '../store/rejected.ts';
import { readMessage, type WireFields } from './wire.ts';

/** One of the two encodings of OTLP/HTTP. A response has the encoding of its request. */
export interface Encoding {
  contentType: string;
  /** Decodes a request into its JSON form. Throws if the body is malformed. */
  decode(body: Buffer, fields: WireFields): unknown;
  /**
   * Encodes the response of a signal, such as `ExportTraceServiceResponse`. `countedAs` is the JSON name of the number of
   * rejected items.
   */
  success(rejected: Rejected, countedAs: string): Buffer;
  /** Encodes a `google.rpc.Status`. */
  failure(code: number, message: string): Buffer;
}

/** The maximum nesting of messages. It is enough for the 16 levels of values that the schema allows: a level has up to three messages. */
const maxDepth = 64;

export const json: Encoding = {
  contentType: 'application/json',
  decode: (body) => parseJson(body.toString('utf8')),
  success: ({ count, reason }, countedAs) =>
    asJson({ partialSuccess: count > 0 ? { [countedAs]: String(count), errorMessage: reason } : {} }),
  failure: (code, message) => asJson({ code, message }),
};

const protobuf: Encoding = {
  contentType: 'application/x-protobuf',
  decode: (body, fields) => readMessage(new BinaryReader(body), body.length, fields, maxDepth),
  success: ({ count, reason }) => {
    const response = new BinaryWriter().tag(1, WireType.LengthDelimited).fork();
    if (count > 0) {
      response.tag(1, WireType.Varint).int64(count).tag(2, WireType.LengthDelimited).string(reason);
    }
    return Buffer.from(response.join().finish());
  },
  failure: (code, message) => {
    const status = new BinaryWriter().tag(1, WireType.Varint).int32(code);
    return Buffer.from(status.tag(2, WireType.LengthDelimited).string(message).finish());
  },
};

/** Source: https://opentelemetry.io/docs/specs/otlp/#otlphttp-request */
export const encodings: readonly Encoding[] = [json, protobuf];

const asJson = (value: object) => Buffer.from(JSON.stringify(value));

/** Returns the encoding of a content type, and ignores the type's parameters. */
export function encodingOf(contentType: string | undefined): Encoding | undefined {
  const named = contentType?.split(';')[0]?.trim().toLowerCase();
  return encodings.find((encoding) => encoding.contentType === named);
}
