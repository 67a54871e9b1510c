import { amqpHeadersCarrier, extractContext } from '@beyond-headers/propagation';
import { connect, type GetMessage } from 'amqplib';
import { SERVERS } from '../../../support/servers.ts';
import { until } from '../../../support/until.ts';
import { combine, defineOwn, type Hop, type Opening } from './hop.ts';

type Headers = Record<string, unknown>;

/** Opens a hop over headers of messages in a queue of a real RabbitMQ. */
async function openAmqpHeadersHop(): Promise<Hop<Headers>> {
  const server = await SERVERS.rabbitmq.start();
  const connection = await connect(server.environment['AMQP_URL'] ?? '');
  const channel = await connection.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  const take = async (): Promise<GetMessage> => {
    const message = await until(() => channel.get(queue, { noAck: true }), Boolean, { what: 'a message' });
    return message || Promise.reject(new Error('Failed to take a message: the queue is empty.'));
  };
  return {
    carrier: amqpHeadersCarrier,
    create: () => ({}),
    write: (headers, lines) => {
      for (const [field, value] of combine(lines)) defineOwn(headers, field, value);
    },
    writeMiscased: (headers, value) => {
      headers['Traceparent'] = value;
    },
    async carry(carriers) {
      for (const headers of carriers) channel.sendToQueue(queue, Buffer.from('{}'), { headers });
      const arrived: Headers[] = [];
      while (arrived.length < carriers.length) arrived.push((await take()).properties.headers ?? {});
      return arrived.map((headers) => () => extractContext(headers, amqpHeadersCarrier));
    },
    async close() {
      await connection.close();
      await server.close();
    },
  };
}

export const opening: Opening = { name: 'AMQP headers', needs: 'rabbitmq', open: openAmqpHeadersHop };
