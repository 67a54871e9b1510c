/** A picture: the query that opens the page, and the switch that is turned off before the second run. */
export interface Shot {
  file: string;
  query?: string;
  off?: 'document' | 'job';
  theme?: 'dark';
  width?: number;
  height?: number;
  /** Whether to scroll down to the list of carriers. */
  carriers?: boolean;
}

/** The pictures in docs/images. To add one, add a row. */
export const SHOTS: Shot[] = [
  { file: 'playground.png', off: 'document' },
  { file: 'playground-dark.png', off: 'document', theme: 'dark' },
  { file: 'playground-job.png', off: 'job' },
  { file: 'playground-link.png', query: '?shape=link' },
  { file: 'playground-pitfall.png', query: '?document=stale' },
  { file: 'playground-carriers.png', off: 'document', carriers: true },
  { file: 'playground-phone.png', off: 'document', width: 360, height: 740 },
  { file: 'playground-projector.png', off: 'document', width: 1920, height: 1080 },
];
