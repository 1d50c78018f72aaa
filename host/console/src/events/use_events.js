// The event log: the newest events, which are looked at again and again, and older ones on demand.

import { useEffect, useRef, useState } from "react";

import { listEvents } from "../api/index.js";
import { useInterval } from "../parts/use_interval.js";
import { useRequest } from "../parts/use_request.js";
import { merged } from "./merged.js";

/** @typedef {import("../api/types.js").Event} Event */

const PAGE = 50;
const EVERY_MS = 2000;

/** @typedef {ReturnType<typeof useEvents>} EventLog */

/**
 * @param {object} options
 * @param {string} options.connectorId all connectors where it is empty
 * @param {boolean} options.onlyFailed
 * @param {boolean} options.isLive
 */
export function useEvents({ connectorId, onlyFailed, isLive }) {
  const query = {
    connector_id: connectorId || undefined,
    outcome: onlyFailed ? "failure" : undefined,
    limit: PAGE,
  };
  const filter = JSON.stringify([connectorId, onlyFailed]);
  const kept = useRef({ filter, events: /** @type {Event[] | undefined} */ (undefined) });
  const [hasMore, setHasMore] = useState(false);
  const [isLoadingMore, setIsLoadingMore] = useState(false);
  const [moreError, setMoreError] = useState(/** @type {Error | undefined} */ (undefined));
  const [, redraw] = useState(0);

  /**
   * @param {Event[]} events
   * @param {string} ofFilter
   */
  const keep = (events, ofFilter) => {
    const before = kept.current.filter === ofFilter ? kept.current.events : undefined;
    kept.current = { filter: ofFilter, events: merged(before ?? [], events) };
    return before === undefined;
  };

  const { error, reload } = useRequest(async (signal) => {
    const { events } = await listEvents(query, signal);
    if (keep(events, filter)) setHasMore(events.length === PAGE);
  }, filter);
  useInterval(reload, isLive ? EVERY_MS : undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an error is of the filter's list
  useEffect(() => setMoreError(undefined), [filter]);

  const loadMore = async () => {
    const oldest = kept.current.events?.at(-1);
    setIsLoadingMore(true);
    setMoreError(undefined);
    try {
      const { events } = await listEvents({ ...query, before: oldest?.id });
      if (kept.current.filter !== filter) return;
      keep(events, filter);
      setHasMore(events.length === PAGE);
      redraw((count) => count + 1);
    } catch (thrown) {
      setMoreError(/** @type {Error} */ (thrown));
    } finally {
      setIsLoadingMore(false);
    }
  };

  const events = kept.current.filter === filter ? kept.current.events : undefined;
  return { events, error, reload, hasMore, isLoadingMore, moreError, loadMore };
}
