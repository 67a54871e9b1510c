import { amqpHeadersCarrier, extractContext } from '@beyond-headers/propagation';
import { connect, type GetMessage } from 'amqplib';
import { SERVERS } from '../../../support/servers.ts';
import { until } from '../../../support/until.ts';
import { anyObject, inTurn, type Opening } from './hop.ts';

/** A hop over headers of messages in a queue of a real RabbitMQ. */
export const opening: Opening<Record<string, unknown>> = {
  name: 'AMQP headers',
  needs: 'rabbitmq',
  async open() {
    const server = await SERVERS.rabbitmq.start();
    const connection = await connect(server.environment['AMQP_URL'] ?? '');
    const channel = await connection.createChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    const take = async (): Promise<GetMessage> => {
      const message = await until(() => channel.get(queue, { noAck: true }), Boolean, { what: 'a message' });
      return message || Promise.reject(new Error('Failed to take a message: the queue is empty.'));
    };
    return {
      ...anyObject,
      carrier: amqpHeadersCarrier,
      carry(carriers) {
        for (const headers of carriers) channel.sendToQueue(queue, Buffer.from('{}'), { headers });
        return inTurn(carriers, take, ({ properties: { headers = {} } }) =>
          extractContext(headers, amqpHeadersCarrier),
        );
      },
      async close() {
        await connection.close();
        await server.close();
      },
    };
  },
};
