import { Kafka, logLevel, type Consumer, type KafkaMessage, type Producer } from 'kafkajs';
import { SERVERS } from '../../../support/servers.ts';

const TOPIC = 'orders';

/** The headers of a record, as KafkaJS accepts them. */
export type KafkaHeaders = NonNullable<KafkaMessage['headers']>;

/** A topic with one partition on its own broker, with a producer and a consumer. */
export interface KafkaTopic {
  /** Sends one record for each set of headers. Resolves with the headers that arrive, in order. */
  send: (headers: KafkaHeaders[]) => Promise<KafkaHeaders[]>;
  close: () => Promise<void>;
}

/** Opens a topic. The broker is franz-go's, which implements the protocol and keeps records in memory. */
export async function openKafkaTopic(): Promise<KafkaTopic> {
  const server = await SERVERS.kafka.start();
  const kafka = new Kafka({
    brokers: [server.environment['KAFKA_BROKER'] ?? ''],
    logLevel: logLevel.NOTHING,
  });
  await createTopic(kafka);
  const producer = kafka.producer();
  const consumer = kafka.consumer({ groupId: 'readers' });
  await Promise.all([producer.connect(), consumer.connect()]);
  const read = await startReading(consumer);
  return {
    send: async (headers) => {
      const arrived = read(headers.length);
      await sendAll(producer, headers);
      return await arrived;
    },
    close: async () => {
      await Promise.all([producer.disconnect(), consumer.disconnect()]);
      await server.close();
    },
  };
}

async function createTopic(kafka: Kafka): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: 1 }] });
  await admin.disconnect();
}

async function sendAll(producer: Producer, headers: KafkaHeaders[]): Promise<void> {
  await producer.send({ topic: TOPIC, messages: headers.map((each) => ({ value: '{}', headers: each })) });
}

/** Reads the topic from its start. Returns a function that waits for a number of records. */
async function startReading(consumer: Consumer): Promise<(count: number) => Promise<KafkaHeaders[]>> {
  let waiting = { count: 0, arrived: [] as KafkaHeaders[], done: (_arrived: KafkaHeaders[]) => {} };
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      waiting.arrived.push(message.headers ?? {});
      if (waiting.arrived.length === waiting.count) waiting.done(waiting.arrived);
    },
  });
  return (count) =>
    new Promise((done) => {
      waiting = { count, arrived: [], done };
    });
}
