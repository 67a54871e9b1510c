"""pika with RabbitMQ."""

import os
import uuid

import pika
from harness import case, play, ready, request, service
from opentelemetry.instrumentation.pika import PikaInstrumentor


def drop_fields(_span, _body, properties):
    """Removes the fields after the instrumentation has written them."""
    for name in ("traceparent", "tracestate"):
        properties.headers.pop(name, None)


HOOKS = {"publish_hook": drop_fields} if service == "shop" and case.startswith("fields-dropped") else {}
if not (service == "middleman" and case.endswith("untraced")):
    PikaInstrumentor().instrument(**HOOKS)


def connect():
    return pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"]))


def shop(messages=1, with_id=True, exchange="", key="orders", body=b"{}"):
    def run():
        connection = connect()
        channel = connection.channel()
        for _ in range(messages):
            with request():
                properties = pika.BasicProperties(message_id=str(uuid.uuid4()) if with_id else None)
                channel.basic_publish(exchange, key, body, properties)
        connection.close()

    return run


def worker(messages, queue="orders", handle=lambda channel, properties, body: None, refuse_first=False):
    def run():
        connection = connect()
        channel = connection.channel()
        channel.queue_declare(queue, auto_delete=True)
        done = []

        def on_message(channel, method, properties, body):
            if refuse_first and not method.redelivered:
                channel.basic_nack(method.delivery_tag, requeue=True)
                return
            handle(channel, properties, body)
            channel.basic_ack(method.delivery_tag)
            done.append(1)
            if len(done) == messages:
                channel.stop_consuming()

        channel.basic_consume(queue, on_message)
        ready()
        channel.start_consuming()
        connection.close()

    return run


def reply(channel, properties, body):
    channel.basic_publish("", "answers", body, pika.BasicProperties(correlation_id=properties.message_id))


def move(channel, properties, body):
    channel.basic_publish("", "late", body, pika.BasicProperties(message_id=properties.message_id))


CASES = {
    "single": {"worker": worker(1), "shop": shop()},
    "three": {"worker": worker(3), "shop": shop(3)},
    "requeued": {"worker": worker(1, refuse_first=True), "shop": shop()},
    "reply": {"asker": worker(1, "answers"), "worker": worker(1, handle=reply), "shop": shop()},
    "moved": {"worker": worker(1, "late"), "middleman": worker(1, handle=move), "shop": shop()},
    "moved-untraced": {"worker": worker(1, "late"), "middleman": worker(1, handle=move), "shop": shop()},
    "fields-dropped": {"worker": worker(2), "shop": shop(2)},
    "fields-dropped-without-id": {"worker": worker(1), "shop": shop(1, with_id=False)},
}

if __name__ == "__main__":
    play(CASES)
