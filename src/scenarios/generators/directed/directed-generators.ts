import { BACKUP_SITUATIONS } from "./backup/backup-situations.ts";
import { BATCH_SITUATIONS } from "./backup/batch-situations.ts";
import { RESTARTED_SERVICE_SITUATIONS } from "./backup/restarted-service.ts";
import { BROWSED_SITUATIONS } from "./backup/browsed-folders.ts";
import { GENERATION_SITUATIONS } from "./backup/generation-situations.ts";
import { LARGE_TREE_SITUATIONS } from "./backup/large-tree-situations.ts";
import { LIMIT_SITUATIONS } from "./backup/limit-situations.ts";
import { HIDDEN_SITUATIONS } from "./backup/hidden-situations.ts";
import { COARSE_TIME_SITUATIONS } from "./backup/coarse-times.ts";
import { UPLOAD_SITUATIONS } from "./backup/upload-situations.ts";
import { SOURCE_SITUATIONS } from "./backup/source-situations.ts";
import { DELETE_SITUATIONS } from "./delete/delete-situations.ts";
import { directedCells } from "./directed-cells.ts";
import type { DirectedGenerator } from "./directed-generator.ts";
import { RELATION_SCENARIOS } from "./relation-scenarios.ts";
import { RESTORE_SITUATIONS } from "./restore/restore-situations.ts";
import { SCHEDULE_SITUATIONS } from "./schedule/schedule-situations.ts";
import { SERVICE_SITUATIONS } from "./service/service-situations.ts";

/** All directed generators: what random search seldom brings together, and every declared cell. */
export function directedGenerators(): readonly DirectedGenerator[] {
  return [
    ...BACKUP_SITUATIONS,
    ...LARGE_TREE_SITUATIONS,
    ...GENERATION_SITUATIONS,
    ...LIMIT_SITUATIONS,
    ...BROWSED_SITUATIONS,
    ...UPLOAD_SITUATIONS,
    ...BATCH_SITUATIONS,
    ...COARSE_TIME_SITUATIONS,
    ...HIDDEN_SITUATIONS,
    ...SOURCE_SITUATIONS,
    ...DELETE_SITUATIONS,
    ...RESTORE_SITUATIONS,
    ...SCHEDULE_SITUATIONS,
    ...SERVICE_SITUATIONS,
    ...RESTARTED_SERVICE_SITUATIONS,
    ...directedCells().map(({ cause, phase, topic, arbitrary }) => ({
      name: `${cause} ${phase}`,
      topic,
      arbitrary,
    })),
    ...RELATION_SCENARIOS,
  ];
}
