import { shortId } from '@beyond-headers/traces/draw';
import type { DecisionRequest } from '../view/queue.ts';
import type { OrderState, RunState } from '../view/types.ts';
import { h } from './dom.ts';
import { ask, messageOf } from './ask.ts';

type Decision = DecisionRequest['decision'];

/** The buttons that approve or reject each held order of a run. If the page may not decide, it shows how to send the request. */
export class DecisionPanel {
  readonly element = h('div', {});
  readonly #hasControls = document.querySelector<HTMLElement>('#queue')?.dataset['controls'] === 'on';
  #shown = '';

  show({ orders, settings }: RunState): void {
    const held = orders.filter(({ status }) => status === 'held');
    // Redraw only when the decisions to make have changed, so that a focused button stays.
    const shown = held.map(({ orderId, approvalsLeft }) => `${orderId}/${approvalsLeft}`).join();
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.replaceChildren(...held.map((order) => this.#decisionOn(order, settings)));
  }

  #decisionOn(order: OrderState, settings: RunState['settings']): HTMLElement {
    const { orderId, approvalsLeft = 1 } = order;
    const wanted = settings?.approval || approvalsLeft;
    const approval = wanted - approvalsLeft + 1;
    const text = `Order ${shortId(orderId)} waits for approval ${approval} of ${wanted}.`;
    if (!this.#hasControls) return h('p', { class: 'decision' }, text, howToDecide(orderId));
    const body = (decision: Decision): DecisionRequest => ({
      decision,
      // For an order that was placed elsewhere, the number of this approval is unknown.
      ...(settings?.approval && { approval }),
      ...(decision === 'approve' && { demo: { segment: settings?.segment ?? 'on' } }),
    });
    return h('p', { class: 'decision' }, text, ...decisionButtons(orderId, body));
  }
}

function howToDecide(orderId: string): HTMLElement {
  const request = h('code', {}, `POST /orders/${orderId}/approval`);
  const body = h('code', {}, '{"decision":"approve"}');
  return h('span', {}, 'To approve it, send ', request, ' with ', body, ' to the writer.');
}

function decisionButtons(orderId: string, body: (decision: Decision) => DecisionRequest): HTMLElement[] {
  const state = h('span', { role: 'status' });
  const button = (decision: Decision, label: string) =>
    h(
      'button',
      { type: 'button', class: 'tool', click: () => void decide(orderId, body(decision), buttons, state) },
      label,
    );
  const buttons = [button('approve', 'Approve'), button('reject', 'Reject')];
  return [...buttons, state];
}

async function decide(
  orderId: string,
  body: DecisionRequest,
  buttons: readonly HTMLButtonElement[],
  state: HTMLElement,
): Promise<void> {
  for (const button of buttons) button.disabled = true;
  try {
    await ask(`/api/orders/${encodeURIComponent(orderId)}/approval`, 'POST', body);
    state.textContent = body.decision === 'approve' ? 'Approved.' : 'Rejected.';
  } catch (error) {
    for (const button of buttons) button.disabled = false;
    state.textContent = messageOf(error);
  }
}
