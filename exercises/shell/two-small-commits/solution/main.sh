bash setup.sh
cd garden

git add beds.txt
git commit -q -m "Move the beans to the fence"

echo "*.log" > .gitignore
git add seeds.txt .gitignore
git commit -q -m "List the seeds"
