"""The three workloads W1, W2 and W3 in SimPy 3, as its users write them: one generator process for each request.

usage: simpy_models.py W1|W2|W3 REQUESTS SEED
Prints one object: {"requests": ..., "meanS": ..., "p95S": ..., "cpuS": ..., "version": ...}; cpuS is user time of the run alone.
"""
import json
import random
import resource
import sys

import simpy


def user_seconds():
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def w1(env, requests, latencies):
    """One worker, exponential service with mean 1 s, arrivals 0.8 a second."""
    worker = simpy.Resource(env, capacity=1)

    def request():
        started = env.now
        with worker.request() as turn:
            yield turn
            yield env.timeout(random.expovariate(1.0))
        latencies.append(env.now - started)

    for _ in range(requests):
        yield env.timeout(random.expovariate(0.8))
        env.process(request())


def w2(env, requests, latencies):
    """Round robin over 2 servers with 4 workers each, service 40 ms, 160 arrivals a second."""
    servers = [simpy.Resource(env, capacity=4) for _ in range(2)]

    def request(server):
        started = env.now
        with server.request() as turn:
            yield turn
            yield env.timeout(random.expovariate(1 / 0.040))
        latencies.append(env.now - started)

    for number in range(requests):
        yield env.timeout(random.expovariate(160.0))
        env.process(request(servers[number % 2]))


def w3(env, requests, latencies):
    """W2 with 34 ms, then a database while the worker is held, a time-out of 1 s, and a check of 4 targets each 2 s."""
    servers = [simpy.Resource(env, capacity=4) for _ in range(2)]
    primary = simpy.Resource(env, capacity=4)
    replica = simpy.Resource(env, capacity=4)
    running = [True]

    def serve(server, answered):
        with server.request() as turn:
            yield turn
            yield env.timeout(random.expovariate(1 / 0.034))
            writes = random.random() < 0.2
            database = primary if writes else replica
            with database.request() as connection:
                yield connection
                yield env.timeout(random.expovariate(1 / (0.010 if writes else 0.005)))
        answered.succeed()

    def request(server):
        started = env.now
        answered = env.event()
        env.process(serve(server, answered))
        outcome = yield answered | env.timeout(1.0)
        if answered in outcome:
            latencies.append(env.now - started)

    def check():
        while running[0]:
            yield env.timeout(2.0)

    for _ in range(4):
        env.process(check())
    for number in range(requests):
        yield env.timeout(random.expovariate(160.0))
        env.process(request(servers[number % 2]))
    running[0] = False


def main():
    name, requests, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    random.seed(seed)
    env = simpy.Environment()
    latencies = []
    started = user_seconds()
    env.process({"W1": w1, "W2": w2, "W3": w3}[name](env, requests, latencies))
    env.run()
    latencies.sort()
    spent = user_seconds() - started
    print(
        json.dumps(
            {
                "requests": requests,
                "meanS": sum(latencies) / len(latencies),
                "p95S": latencies[int(0.95 * len(latencies))],
                "cpuS": spent,
                "version": simpy.__version__,
            }
        )
    )


main()
