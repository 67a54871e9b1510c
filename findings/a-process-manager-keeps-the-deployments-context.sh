#!/usr/bin/env bash
# title: PM2, a process manager, keeps the deployment's context
# claim: The process manager PM2 stores the environment in which you call `pm2 start`, including `TRACEPARENT`. Each later
#   process of the program gets the variable again: after a restart, after a crash, and, if you call `pm2 save`, after a
#   reboot. A program that joins the trace of its environment therefore adds to the trace of its first deployment for months.
#   `pm2 restart --update-env` replaces the stored `TRACEPARENT` if the shell has another value. But if the shell has no
#   `TRACEPARENT`, the old value stays. To remove it, use `pm2 delete`, and start the program again.
# guess: After `pm2 restart --update-env`, a process has the environment of the shell, so `TRACEPARENT` is gone if the shell
#   doesn't have it.
# versions: pm2 7.0.4
# seen:
#   start by a deployment: its context
#   restart: the first deployment's
#   restart by a second deployment: the first deployment's
#   restart --update-env: the first deployment's
#   after a crash: the first deployment's
#   resurrect: the first deployment's
#   restart --update-env by a second deployment: its context
#   delete and start: none
# date: 2026-11-30
# page: docs/explanation/stale-context.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm pm2@7.0.4
cd "$work"
cat >main.mjs <<'JS'
import { appendFileSync, existsSync, watchFile } from 'node:fs';

appendFileSync('starts', `${process.env.TRACEPARENT ?? 'none'}\n`);
// The way to crash it.
watchFile('crash', { interval: 50 }, () => existsSync('crash') && process.exit(1));
JS
unset TRACEPARENT
export PM2_HOME=$work/pm2 PM2_DISABLE_VERSION_CHECK=true
pm2=$work/node_modules/.bin/pm2
undo+=("$pm2 kill")
first=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
second=00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
starts=0

# Waits for the next start of the program, and says which context it has; the context of the deployment itself is given.
next() {
  local own=${2:-}
  starts=$((starts + 1))
  until_ready sh -c "[ \$(wc -l <starts) -ge $starts ]"
  case $(sed -n "${starts}p" starts) in
    none) echo "$1: none" ;;
    "$own") echo "$1: its context" ;;
    "$first") echo "$1: the first deployment's" ;;
    *) echo "$1: the second deployment's" ;;
  esac
}

quietly() { "$@" >pm2.log 2>&1 || { cat pm2.log >&2; return 1; }; }

: >starts
{
  TRACEPARENT=$first quietly $pm2 start main.mjs --name service
  next 'start by a deployment' $first
  quietly $pm2 restart service
  next restart
  TRACEPARENT=$second quietly $pm2 restart service
  next 'restart by a second deployment' $second
  quietly $pm2 restart service --update-env
  next 'restart --update-env'
  touch crash
  next 'after a crash'
  rm crash
  quietly $pm2 save
  quietly $pm2 kill
  quietly $pm2 resurrect
  next resurrect
  TRACEPARENT=$second quietly $pm2 restart service --update-env
  next 'restart --update-env by a second deployment' $second
  quietly $pm2 delete service
  quietly $pm2 start main.mjs --name service
  next 'delete and start'
} | check
