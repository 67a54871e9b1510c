import { randomUUID } from 'node:crypto';
import type { Collection, ResumeToken, Timestamp } from 'mongodb';

/** The position from which a reader continues: after a change that it has handled, or at a time of the server's clock. */
export type Position = { startAfter: ResumeToken } | { startAtOperationTime: Timestamp };

export interface Bookmark {
  _id: string;
  /** The id of the run that may move the bookmark, which is the last one that has started. */
  reader: string;
  position: Position;
}

/** Keeps the position of one reader in the change stream, stored in the same database as the data. */
export class BookmarkKeeper {
  readonly #bookmarks: Collection<Bookmark>;
  readonly #name: string;
  readonly #reader = randomUUID();

  constructor(bookmarks: Collection<Bookmark>, name: string) {
    this.#bookmarks = bookmarks;
    this.#name = name;
  }

  /** Takes over the bookmark, and returns its position. Stores a new bookmark before any read, because a crash would skip changes. */
  async open(now: () => Promise<Position>): Promise<Position> {
    const position = (await this.#bookmarks.findOne({ _id: this.#name }))?.position ?? (await now());
    const taken = await this.#bookmarks.findOneAndUpdate(
      { _id: this.#name },
      { $set: { reader: this.#reader }, $setOnInsert: { position } },
      { upsert: true, returnDocument: 'after' },
    );
    return taken?.position ?? position;
  }

  /** Moves the bookmark. Throws if a later run has taken it over, because two readers would move it back and forth. */
  async save(position: Position): Promise<void> {
    const { matchedCount } = await this.#bookmarks.updateOne(
      { _id: this.#name, reader: this.#reader },
      { $set: { position } },
    );
    if (matchedCount === 0) {
      throw new Error(
        `Failed to move the bookmark "${this.#name}": another consumer has taken it. Run one consumer at a time.`,
      );
    }
  }
}
