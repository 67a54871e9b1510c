import { styleText } from 'node:util';
import { parseJson } from '@beyond-headers/service-kit/json';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const PREFIX_STYLES: Style[] = ['cyan', 'magenta', 'green', 'yellow', 'blue', 'cyanBright', 'magentaBright'];
const LEVEL_STYLES: Record<string, Style> = {
  WARN: 'yellow',
  ERROR: 'red',
  FATAL: 'red',
  DEBUG: 'gray',
  TRACE: 'gray',
};

/** Returns a function that prefixes a line with its process's name, and formats a pino record as level, message, and trace id. */
export function createLineFormatter(
  names: string[],
  colour: boolean,
): (name: string, line: string) => string {
  const width = Math.max(...names.map((name) => name.length));
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  return (name, line) => {
    const style = PREFIX_STYLES[names.indexOf(name) % PREFIX_STYLES.length] ?? 'white';
    return `${paint(style, `${name.padEnd(width)} |`)} ${compact(line, paint)}`;
  };
}

/** The fields of a pino or pino-http record that are shown. Any of them may be missing or have another type. */
interface LogRecord {
  level?: string | number;
  msg?: string;
  trace_id?: string;
  err?: { message?: string };
  req?: { method?: string; url?: string };
  res?: { statusCode?: number };
  responseTime?: number;
}

function compact(line: string, paint: Paint): string {
  const record = parseJson(line) as LogRecord | null | undefined;
  if (typeof record?.msg !== 'string') return line;
  const level = String(record.level).toUpperCase();
  const traceId = record.trace_id && paint('gray', `trace=${record.trace_id}`);
  const words = [paint(LEVEL_STYLES[level] ?? 'white', level.padEnd(5)), record.msg];
  return [...words, request(record), error(record), traceId].filter(Boolean).join(' ');
}

function request({ req, res, responseTime }: LogRecord): string | undefined {
  if (!req || !res) return undefined;
  return `${req.method} ${req.url} ${res.statusCode} ${responseTime} ms`;
}

function error({ err, msg }: LogRecord): string | undefined {
  return err?.message && err.message !== msg ? `(${err.message})` : undefined;
}
