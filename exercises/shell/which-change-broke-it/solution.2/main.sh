bash setup.sh
cd station

for commit in $(git rev-list --reverse main); do
  git checkout -q "$commit"
  if [ "$(bash fare.sh 3)" -ne 360 ]; then
    git log -1 --format=%s > ../found.txt
    break
  fi
done
git checkout -q main
