import { RECORDINGS_ID, type Recording } from '../../view/recording.ts';
import { brokenOnPurpose, settingsToQuery, type RunSettings } from '../../view/settings.ts';
import { one } from '../dom.ts';

interface Played {
  recording: Recording;
  /** Whether the updates come one after the other, as for a new run, or all at once. */
  inTime: boolean;
}

export const RECORDINGS = JSON.parse(one(`#${RECORDINGS_ID}`, HTMLElement).textContent) as Recording[];

const played = new Map<string, Played>(
  RECORDINGS.map((recording) => [recording.summary.runId, { recording, inTime: false }]),
);

/** Returns what is played under a run's id: the id of a recording, or of a click. */
export const playedAs = (runId: string): Played | undefined => played.get(runId);

/** Plays the recording with these settings under the id of a click. Returns undefined if there is none. */
export function play(runId: string, settings: RunSettings): Recording | undefined {
  const asked = nameOf(settings);
  const recording = RECORDINGS.find(({ summary }) => nameOf(summary.settings) === asked);
  if (recording) played.set(runId, { recording, inTime: true });
  return recording;
}

const nameOf = (settings: RunSettings): string => settingsToQuery(settings).toString();

/** Returns why there is no run with these settings. */
export function notRecorded(settings: RunSettings): string {
  const asked = brokenOnPurpose(settings).join(', ');
  return `No run with “${asked}” was recorded. Choose one of the list below, or run the project yourself.`;
}
