# Makes the repository garden/ as it is in the evening.
set -e
git init -q -b main garden
cd garden
git config user.name Ines
git config user.email ines@example.org
git config commit.gpgsign false
export GIT_AUTHOR_DATE="2025-04-02T09:00:00Z" GIT_COMMITTER_DATE="2025-04-02T09:00:00Z"
printf 'bed 1: lettuce\nbed 2: beans\nbed 3: empty\n' > beds.txt
git add beds.txt
git commit -q -m "Plan three beds"
printf 'bed 1: lettuce\nbed 2: empty\nbed 3: beans\n' > beds.txt
printf 'beans 40\nlettuce 200\n' > seeds.txt
printf '09:10 on\n09:40 off\n' > pump.log
