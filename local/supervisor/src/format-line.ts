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

/** Returns a function that puts a process's name before a line and shows a pino line as level, message, trace id. */
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

/** What is shown of a line of pino or pino-http; anything may be missing or of another type. */
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
