#!/usr/bin/env node
import { launch } from "./launch.js";

await launch("scenarios/cli/main", import.meta.url);
