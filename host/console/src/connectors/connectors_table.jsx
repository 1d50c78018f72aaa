// The connectors, to look through and to choose from.

import {
  EuiFieldSearch,
  EuiInMemoryTable,
  EuiLink,
  EuiScreenReaderOnly,
  EuiSpacer,
} from "@elastic/eui";
import { useMemo, useState } from "react";

import { ConnectorMarks } from "./connector_marks.jsx";

/** @typedef {import("../api/types.js").Connector} Connector */

/** @typedef {Connector & { typeName: string }} Row */

/**
 * @param {{
 *   connectors: Connector[],
 *   typeNames: Record<string, string>,
 *   isLoading: boolean,
 *   onOpen: (connector: Connector) => void,
 *   onTest: (connector: Connector) => void,
 *   onDelete: (connector: Connector) => void,
 * }} props
 */
export function ConnectorsTable({ connectors, typeNames, isLoading, onOpen, onTest, onDelete }) {
  const [search, setSearch] = useState("");
  const rows = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return connectors
      .map((it) => ({ ...it, typeName: typeNames[it.connector_type_id] ?? it.connector_type_id }))
      .filter((row) => `${row.name}\n${row.typeName}\n${row.id}`.toLowerCase().includes(wanted));
  }, [connectors, typeNames, search]);

  /** @type {import("@elastic/eui").EuiBasicTableColumn<Row>[]} */
  const columns = [
    {
      field: "name",
      name: "Name",
      sortable: (row) => row.name.toLowerCase(),
      mobileOptions: { width: "100%" },
      render: (/** @type {string} */ name, /** @type {Row} */ row) => (
        <span>
          <EuiLink onClick={() => onOpen(row)} data-test-subj={`edit-${row.id}`}>
            {name}
          </EuiLink>
          <ConnectorMarks connector={row} />
        </span>
      ),
    },
    { field: "typeName", name: "Type", sortable: true },
    {
      name: "Actions",
      width: "96px",
      actions: [
        {
          name: "Test",
          description: (row) => `Test ${row.name}`,
          type: "icon",
          icon: "play",
          onClick: onTest,
          "data-test-subj": (row) => `test-${row.id}`,
        },
        {
          name: "Delete",
          description: (row) =>
            row.is_preconfigured
              ? "A preconfigured connector cannot be deleted"
              : `Delete ${row.name}`,
          type: "icon",
          icon: "trash",
          color: "danger",
          enabled: (row) => !row.is_preconfigured,
          onClick: onDelete,
          "data-test-subj": (row) => `delete-${row.id}`,
        },
      ],
    },
  ];

  return (
    <>
      <EuiFieldSearch
        fullWidth
        placeholder="Search by name or type"
        aria-label="Search connectors"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        data-test-subj="connectorSearch"
      />
      <EuiSpacer size="m" />
      <EuiScreenReaderOnly>
        <p role="status">{`${rows.length} of ${connectors.length} connectors`}</p>
      </EuiScreenReaderOnly>
      <EuiInMemoryTable
        tableCaption="Connectors"
        items={rows}
        itemId="id"
        columns={columns}
        loading={isLoading}
        sorting={{ sort: { field: "name", direction: "asc" } }}
        pagination={{ initialPageSize: 10, pageSizeOptions: [10, 25, 50] }}
        noItemsMessage={`No connector is called anything like "${search.trim()}".`}
        data-test-subj="connectorsTable"
      />
    </>
  );
}
