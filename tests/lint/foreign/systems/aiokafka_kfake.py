"""aiokafka with the broker of franz-go."""

import asyncio
import os

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from harness import case, play, ready, request, service
from opentelemetry.instrumentation.aiokafka import AIOKafkaInstrumentor


AIOKafkaInstrumentor().instrument()
BROKER = os.environ.get("KAFKA_BROKER", "")
TOPIC = f"orders-{case}"


def shop(messages=1, key=True, drop=False):
    async def run():
        await create_topic()
        producer = AIOKafkaProducer(bootstrap_servers=BROKER)
        if drop:
            strip_headers(producer)
        await producer.start()
        for number in range(messages):
            with request():
                await producer.send_and_wait(TOPIC, b"{}", key=b"order-%d" % number if key else None)
        await producer.stop()

    return lambda: asyncio.run(run())


async def create_topic():
    admin = AIOKafkaAdminClient(bootstrap_servers=BROKER)
    await admin.start()
    await admin.create_topics([NewTopic(TOPIC, num_partitions=1, replication_factor=1)])
    await admin.close()


def strip_headers(producer):
    """Drops the headers between the library and the broker, as a bridge without support for headers does."""
    accumulator = producer._message_accumulator
    add = accumulator.add_message

    def add_without(tp, key, value, timeout, timestamp_ms=None, headers=()):
        return add(tp, key, value, timeout, timestamp_ms=timestamp_ms, headers=[])

    accumulator.add_message = add_without


def worker(messages, batch=False):
    async def run():
        consumer = AIOKafkaConsumer(TOPIC, bootstrap_servers=BROKER, auto_offset_reset="earliest")
        await consumer.start()
        ready()
        taken = 0
        while taken < messages:
            if batch:
                for records in (await consumer.getmany(timeout_ms=500)).values():
                    taken += len(records)
            else:
                await consumer.getone()
                taken += 1
        await consumer.stop()

    return lambda: asyncio.run(run())


CASES = {
    "single": {"shop": shop(), "worker": worker(1)},
    "without-key": {"shop": shop(key=False), "worker": worker(1)},
    "batch": {"shop": shop(3), "worker": worker(3, batch=True)},
    "bridge-drops": {"shop": shop(2, drop=True), "worker": worker(2)},
    "bridge-drops-without-key": {"shop": shop(1, key=False, drop=True), "worker": worker(1)},
}

if __name__ == "__main__":
    play(CASES)
