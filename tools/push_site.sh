#!/usr/bin/env bash
# Makes a folder the whole of a branch, without history, and pushes it to origin.
#
#     tools/push_site.sh FOLDER BRANCH
set -euo pipefail
folder=$1 branch=$2

touch "$folder/.nojekyll"  # GitHub must serve the files as they are
GIT_INDEX_FILE=$(mktemp -u)
export GIT_INDEX_FILE
trap 'rm -f "$GIT_INDEX_FILE"' EXIT
git --work-tree="$folder" add --all --force .
commit=$(git commit-tree "$(git write-tree)" -m "Site of $(git rev-parse HEAD)")
git push --force origin "$commit:refs/heads/$branch"
